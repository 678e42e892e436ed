// What makes a page taller while a mouse button is down moves the thing that was pressed from under the pointer, and the click is lost.

/** At once, or when the button that is down was released and its click is done. */
export function afterPress(act: () => void): void {
  if (document.querySelector(':active') === null) return act()
  window.addEventListener('mouseup', () => setTimeout(act), { once: true, capture: true })
}
