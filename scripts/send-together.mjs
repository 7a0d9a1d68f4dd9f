/**
 * Next sends the head of a reply at once and its body after it. From here on what a turn of the event loop gives leaves together: a
 * short reply is one packet and one call of the system instead of two, and a long one still begins without waiting for its end.
 */
export function sendTogether(response) {
  const { flushHeaders } = response;
  response.flushHeaders = () => {
    const { socket } = response;
    socket?.cork();
    flushHeaders.call(response);
    setImmediate(() => socket?.uncork());
  };
}
