// Documents of the running server.

/** The answer to a GET; anything but success is an error. */
export async function answer(url, accept) {
  const ask = () => fetch(url, { headers: accept ? { accept } : {} });
  // Between two requests of a long judgement the server may have closed the idle connection; then a new one is opened.
  const response = await ask().catch(ask);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
}

export async function get(url, accept) {
  return (await answer(url, accept)).text();
}
