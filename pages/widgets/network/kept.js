// What a tab keeps of a session: {session, past, present, future}, as links.

// null for what is none
export const parsed = (text) => {
  try {
    const kept = JSON.parse(text);
    return Array.isArray(kept?.past) && Array.isArray(kept.future) ? kept : null;
  } catch {
    return null;
  }
};

// whether a session has yet to be given what was kept of another one
export const handsOver = (kept, { session, taken, present }) => {
  if (!kept || taken || kept.session === session) return false;
  return kept.past.length + kept.future.length > 0 || kept.present !== present;
};
