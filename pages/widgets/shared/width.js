// Acts when an element that is shown has another width than before; returns what ends this.
export const onWidth = (element, act) => {
  let width = element.clientWidth;
  const observer = new ResizeObserver(() => {
    if (!element.clientWidth || element.clientWidth === width) return;
    width = element.clientWidth;
    act();
  });
  observer.observe(element);
  return () => observer.disconnect();
};
