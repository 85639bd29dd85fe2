/** What failed and what to do next as one line of whole sentences: notifications and tooltips have no line breaks. */
export function sentences(...texts: readonly string[]): string {
  return texts
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`))
    .join(' ');
}
