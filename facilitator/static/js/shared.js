// A shared device goes back to the door after each share, and when nobody touches it for a minute. Visibly.

const { shared } = document.body.dataset;
const IDLE = 60000;
const LAST_WORD = 10000;

if (shared) {
  const warning = document.createElement("p");
  warning.className = "lost idle";
  warning.setAttribute("role", "status");
  let timer = 0;

  const leave = () => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = shared;
    document.body.replaceChildren(form);
    form.submit();
  };
  const warn = () => {
    warning.textContent = document.getElementById("words").content.querySelector('[data-say="idle"]').textContent;
    document.body.prepend(warning);
    timer = setTimeout(leave, LAST_WORD);
  };
  const touched = () => {
    warning.remove();
    clearTimeout(timer);
    timer = setTimeout(warn, IDLE - LAST_WORD);
  };
  for (const sign of ["pointerdown", "keydown", "input"]) addEventListener(sign, touched);
  document.addEventListener("circle:shared", () => setTimeout(leave, 1500));
  touched();
}
