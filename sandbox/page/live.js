/**
 * Long polls that are shared by all open pages.
 *
 * A browser has six connections to a host. If every page kept its own polls open, three pages of three people
 * would leave none for a press, so one page asks and tells the others.
 */

const RETRY_MS = 1000;
const WAIT_SECONDS = 25;

const lost = new Set();

/**
 * Call `take(answer)` for every answer of `ask(seconds)`, whichever page asked.
 *
 * Errors are retried for ever; meanwhile `<body data-offline>` says so.
 */
export function follow(name, ask, take) {
  const channel = new BroadcastChannel(`sandbox-${name}`);
  channel.onmessage = (event) => take(event.data);
  const lead = async () => {
    for (;;) {
      try {
        const answer = await ask(WAIT_SECONDS);
        channel.postMessage(answer);
        await take(answer);
        report(name, false);
      } catch {
        report(name, true);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  };
  // Locks need a secure context: over plain HTTP from another machine every page asks for itself.
  if (navigator.locks) navigator.locks.request(`sandbox-${name}`, lead);
  else lead();
}

function report(name, isLost) {
  if (isLost) lost.add(name);
  else lost.delete(name);
  document.body.toggleAttribute("data-offline", lost.size > 0);
}
