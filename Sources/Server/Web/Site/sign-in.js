// Who is at the page: a name at a demo, a token otherwise. Both stay in memory.

const SUGGESTIONS = ["Robin", "Kim", "Sasha", "Alex", "Noor", "Jona", "Maxi", "Toni"];
const START_ELSEWHERE = { lat: 40.7536, lon: -73.9832 };

const byId = (id) => document.getElementById(id);

/** Asks the demo for a token. The answer also says who that is and where. */
async function askDemo(name) {
  const answer = await fetch("/demo/token", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? "The server refused.");
  return body;
}

/** Shows the form. `onSignIn` is called with `{token(), name, position?, radius_m?}`. */
export function showSignIn({ demo }, onSignIn) {
  const form = byId("sign-in");
  const problem = byId("sign-in-problem");
  byId(demo ? "by-name" : "by-token").hidden = false;
  const field = byId(demo ? "name" : "token");
  if (demo) field.value = SUGGESTIONS[Math.floor(Math.random() * SUGGESTIONS.length)];
  field.focus();
  if (demo) field.select();
  // Until now nobody would have listened.
  byId("come-in").disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    problem.textContent = "";
    if (!text) {
      problem.textContent = demo ? "Any name will do, but there must be one." : "There is no token yet.";
      return field.focus();
    }
    byId("come-in").disabled = true;
    try {
      onSignIn(demo ? await demoGuest(text) : tokenHolder(text));
      form.hidden = true;
      // It was only needed to connect.
      byId("token").value = "";
    } catch (error) {
      problem.textContent = error.message;
    }
    byId("come-in").disabled = false;
  });
}

async function demoGuest(name) {
  let ticket = await askDemo(name);
  let isFresh = true;
  return {
    name: ticket.name, id: ticket.id, position: { lat: ticket.lat, lon: ticket.lon }, radius_m: ticket.radius_m,
    isDemo: true,
    async token() {
      if (!isFresh) ticket = await askDemo(name);
      isFresh = false;
      return ticket.token;
    },
  };
}

function tokenHolder(token) {
  return { name: null, position: START_ELSEWHERE, isDemo: false, token: () => token };
}
