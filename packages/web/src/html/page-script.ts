/**
 * All that pages do by script: copy on a press, and open an app once by itself. Buttons that need it stay hidden
 * without it. `execCommand` serves plain http, where browsers keep the clipboard closed.
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
  location.href = app.href
}
`
