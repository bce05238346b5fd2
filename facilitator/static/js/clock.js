// The clock of a covered screen: it makes a dull page duller, and is set by this device alone.

function tick() {
  const now = new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  document.querySelectorAll("[data-clock]").forEach((place) => (place.textContent = now));
}

setInterval(tick, 5000);
document.addEventListener("circle:changed", tick);
tick();
