/** Russian words, numbers and times. */

const ROUBLES = new Intl.NumberFormat("ru", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PLURAL = new Intl.PluralRules("ru");
const TIME = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const MOMENT = new Intl.DateTimeFormat("ru", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

const date = (seconds) => new Date(seconds * 1000);

export const time = (seconds) => TIME.format(date(seconds));

export const day = (seconds) => DAY.format(date(seconds));

export const moment = (seconds) => MOMENT.format(date(seconds));

export const money = (amount) => `${ROUBLES.format(amount).replace("-", "−")}\u00a0₽`;

/** `plural(3, "часть", "части", "частей")` is "3 части". */
export function plural(count, one, few, many) {
  return `${count}\u00a0${{ one, few }[PLURAL.select(count)] ?? many}`;
}

/** 79119876543 as people read it. */
export function phone(digits) {
  const parts = /^7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(digits);
  return parts ? `+7 ${parts[1]} ${parts[2]}-${parts[3]}-${parts[4]}` : digits;
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} КБ` : `${(kilobytes / 1024).toFixed(1).replace(".", ",")} МБ`;
}

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");
