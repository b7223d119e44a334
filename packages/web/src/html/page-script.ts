/**
 * All that pages do by script: copy on a press, and open an app by itself. What needs it stays hidden without it.
 * The app is opened after the page is whole, so that the page stays where there is no such app; and once, so that a
 * reload or the other language does not open it again. `execCommand` serves plain http, where the clipboard is closed.
 */
export const pageScript = `
document.documentElement.classList.add('js')
async function copy(text) {
  try { await navigator.clipboard.writeText(text); return } catch {}
  const area = document.createElement('textarea')
  area.value = text
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
for (const button of document.querySelectorAll('[data-copy]')) {
  const label = button.textContent
  button.addEventListener('click', async () => {
    await copy(button.dataset.copy)
    button.textContent = button.dataset.done
    button.classList.add('done')
    setTimeout(() => { button.textContent = label; button.classList.remove('done') }, 1600)
  })
}
const app = document.querySelector('[data-open]')
if (app && !sessionStorage.getItem(app.href)) {
  sessionStorage.setItem(app.href, '1')
  addEventListener('load', () => setTimeout(() => { location.href = app.href }, 100))
}
`
