// Keys: j and k lead to the next and the previous question, l to the list; digits
// choose an answer of the number that has the focus, else of the first; Enter sends.
"use strict";
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.matches("input:not([type=radio])")) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(e.key)}"]`);
  if (link) { link.click(); return; }
  const claim = document.activeElement.closest(".claim") || document.querySelector(".claim");
  if (!claim) return;
  const choice = claim.querySelector(`input[data-digit="${CSS.escape(e.key)}"]`);
  if (!choice) return;
  choice.checked = true;
  const needed = { correct: "value", group: "to", date: "to", place: "to" }[choice.value];
  (needed ? claim.querySelector(`input[name=${needed}]`) : choice).focus();
  e.preventDefault();
});
