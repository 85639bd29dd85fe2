/** What a page gets out of each attempt; 'nothing' is what it should be. For a page of a browser: `base` is a host and a port. */
globalThis.attempts = async (base) => {
  const outcomes = {};
  const note = async (what, run) => {
    try {
      outcomes[what] = await run();
    } catch {
      outcomes[what] = 'nothing';
    }
  };
  const http = `http://${base}`;
  const posts = ['/presync/v1/drain', '/presync/v1/gc', '/presync/v1/verify', '/build?t=x', '/v1.41/containers/create'];
  await note('fetch status', async () => {
    const response = await fetch(`${http}/presync/v1/status`);
    return response.ok ? response.text() : 'nothing';
  });
  await note('fetch with a header of its own', async () => {
    const response = await fetch(`${http}/presync/v1/status`, { headers: { Authorization: 'Bearer guess' } });
    return response.ok ? response.text() : 'nothing';
  });
  for (const path of posts) {
    await note(`post text to ${path}`, async () => {
      const headers = { 'Content-Type': 'text/plain' };
      const response = await fetch(http + path, { method: 'POST', mode: 'no-cors', headers, body: '{"Image":"x"}' });
      return response.ok ? response.text() : 'nothing';
    });
    await note(`post a form to ${path}`, async () => {
      const frame = document.createElement('iframe');
      frame.name = `frame${Math.random()}`;
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: http + path, target: frame.name, enctype: 'text/plain' });
      document.body.append(frame, form);
      const loaded = new Promise((resolve) => (frame.onload = resolve));
      form.submit();
      await loaded;
      // Only what is of the page's own origin can be looked into.
      const text = frame.contentDocument?.body.textContent ?? '';
      return /have no business|go by this name|token/.test(text) || text === '' ? 'nothing' : text;
    });
  }
  await note('a script of it', async () => {
    const script = document.createElement('script');
    script.src = `${http}/presync/v1/status`;
    document.head.append(script);
    await new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }));
    return 'loaded';
  });
  for (const protocols of [[], ['presync.v1']]) {
    await note(`a WebSocket ${protocols.join()}`, async () => {
      const socket = new WebSocket(`ws://${base}/presync/v1/sync`, protocols);
      await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: reject }));
      return 'open';
    });
  }
  return outcomes;
};
