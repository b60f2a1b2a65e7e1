// Streamlit's socket, of which it gives nothing away: it is known once it sends.

// act(socket) is called before anything is sent; where it says false, that is not sent
export const beforeSending = (act) => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (...message) {
    if (act(this) !== false) send.apply(this, message);
  };
};
