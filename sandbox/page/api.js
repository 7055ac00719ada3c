/** The sandbox's control over HTTP; what it refuses is thrown with the words it gives. */

async function call(path, options) {
  // Without no-store the browser's cache lets one long poll wait for the end of another one like it.
  const answer = await fetch(path, { cache: "no-store", ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `${answer.status} ${answer.statusText}`);
  return body;
}

export const get = (path, query = {}) => call(`/control/${path}?${new URLSearchParams(query)}`);

export const remove = (path, query = {}) =>
  call(`/control/${path}?${new URLSearchParams(query)}`, { method: "DELETE" });

export const post = (path, fields) =>
  call(`/control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fields),
  });

/** Post a form with a file in it. */
export function upload(path, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return call(`/control/${path}`, { method: "POST", body: form });
}
