// Whether there is no server: what is told then, the next one hears when it is asked for its first run.
export const away = () => document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState !== "CONNECTED";
