// A form that came back shows its faults first: also to those who hear the page.

export function init(element) {
  element.focus();
}
