// Read to me, by the phone's own voice, where it has one. Nothing is sent anywhere.

const voice = window.speechSynthesis;
if (voice && window.SpeechSynthesisUtterance) {
  for (const button of document.querySelectorAll("[data-read]")) {
    const { read, stop } = button.dataset;
    const start = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const speaking = voice.speaking;
      voice.cancel();
      button.textContent = start;
      if (speaking) return;
      const words = [...document.querySelectorAll(read)].map((part) => part.innerText).join(". ");
      const said = new SpeechSynthesisUtterance(words);
      said.lang = document.documentElement.lang;
      said.onend = () => (button.textContent = start);
      button.textContent = stop;
      voice.speak(said);
    });
  }
  addEventListener("pagehide", () => voice.cancel());
}
