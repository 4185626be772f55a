/**
 * What the page does where scripts run: a copy button beside every command, no tab stop at boxes that need no
 * scrolling, everything unfolded for print. The page is complete without it.
 */
export const pageScript = `
for (const command of document.querySelectorAll('.command')) {
  const code = command.querySelector('code');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  command.append(button);
}
const settleFocus = () => {
  for (const box of document.querySelectorAll('.scrolls')) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
};
settleFocus();
addEventListener('resize', settleFocus);
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});
`;
