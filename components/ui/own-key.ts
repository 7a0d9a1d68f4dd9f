/** Inputs in which nothing is typed: letters pressed there may still be shortcuts. */
const untypedInputs: ReadonlySet<string> = new Set([
  'checkbox',
  'radio',
  'range',
  'button',
  'submit',
  'reset',
  'file',
  'image',
]);

/** Whether a key typed there belongs to the element itself: a field, a slider's arrows, an open dialog or menu. */
export function isOwnKey(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, [role="menu"], [contenteditable="true"], textarea, select')) return true;
  const input = target.closest('input');
  if (!input) return false;
  return !untypedInputs.has(input.type) || event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End';
}
