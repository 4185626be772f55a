/**
 * What the page does where scripts run: a copy button beside every command, no tab stop at boxes that need no
 * scrolling, a box that filters the claims, and the claim of the address unfolded. The page is complete without it.
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
addEventListener('toggle', settleFocus, true);
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const details = target?.querySelector('details');
  if (details) { details.open = true; target.scrollIntoView(); }
};
unfold();
addEventListener('hashchange', unfold);
const filter = document.createElement('input');
filter.type = 'search';
filter.placeholder = 'Filter claims';
filter.setAttribute('aria-label', 'Filter claims by what is said of them');
filter.addEventListener('input', () => {
  const words = filter.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const each of document.querySelectorAll('article.claim, .overview tbody tr')) {
    const text = each.textContent.toLowerCase();
    each.hidden = !words.every((word) => text.includes(word));
  }
});
const item = document.createElement('li');
item.append(filter);
document.querySelector('nav ul').append(item);
`;
