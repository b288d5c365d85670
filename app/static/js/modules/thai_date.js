// Says a chosen day back in the Buddhist era: browsers show 2018 where an official thinks 2561.

export function init(element) {
  const input = element.querySelector('input[type="date"]');
  const words = element.querySelector("[data-day-in-words]");
  const language = document.documentElement.lang === "th" ? "th-TH-u-ca-buddhist" : "en-GB";
  const format = new Intl.DateTimeFormat(language, {
    weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
  });
  const say = () => {
    const parts = input.valueAsDate ? format.formatToParts(input.valueAsDate) : [];
    // "ค.ศ." and "พ.ศ." are left out: the year alone is how dates are written here.
    words.textContent = parts.filter((part) => part.type !== "era").map((part) => part.value).join("").trim();
  };
  input.addEventListener("input", say);
  say();
}
