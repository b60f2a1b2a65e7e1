// What Python packed: base64 of gzip.
const inflated = (packed) => {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
};

export const unpackedBytes = (packed) => inflated(packed).arrayBuffer();

export const unpackedJson = (packed) => inflated(packed).json();
