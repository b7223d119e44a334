import { html, type TemplateResult } from 'lit-html'

/** A switch with its name and, in words, what it stands at. `act` is told where it goes. */
export const switchView = (
  label: string,
  isOn: boolean,
  [onText, offText]: readonly [string, string],
  act: (isOn: boolean) => void,
): TemplateResult =>
  html`<button class="switch" type="button" role="switch" aria-checked=${isOn} @click=${() => act(!isOn)}>
    <i></i><span>${label}</span><span class="switch-value">${isOn ? onText : offText}</span></button>`
