// What the state of the connection means, in words.

const REASONS = {
  restart: "The server restarts.",
  going_away: "The server is going away.",
  overloaded: "The server is very busy.",
  too_many_sessions: "You are here on too many devices at once.",
  rate_limited: "That was too much at once.",
  token_expired: "Your sign-in has run out.",
  no_token: "No sign-in could be had.",
};

const REFUSALS = {
  bad_token: "This sign-in is not accepted. Load the page again to sign in.",
  revoked: "This account was removed.",
  signed_out: "You are signed out.",
  protocol: "This page and the server do not understand each other. Load it again.",
  no_hello: "The server heard nothing of this page in time.",
};

/** `{short, long, canRetry}`; `long` only if there is something to worry about. */
export function connectionText({ name, reason, retry_at }, now) {
  switch (name) {
    case "online": return { short: "Live" };
    case "connecting": return { short: "Connecting…" };
    case "locating": return { short: "Looking for you…", long: "Waiting for your device to say where you are." };
    case "stopped": return { short: "Ended" };
    case "refused": return { short: "Signed out", long: REFUSALS[reason] ?? "The server does not let this page in.", canRetry: true };
    case "offline": return { short: "No network", long: "Your device has no network. It goes on when there is one.", canRetry: true };
    default: {
      const seconds = Math.ceil((retry_at - now) / 1_000);
      const when = seconds <= 1 ? "Trying again…" : `Next try in ${seconds} s.`;
      return { short: "Reconnecting…", long: `${REASONS[reason] ?? "The connection is lost."} ${when}`, canRetry: true };
    }
  }
}
