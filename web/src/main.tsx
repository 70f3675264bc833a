import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/app.css";
import { setNonce } from "get-nonce";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { servedNonce } from "./app/served-by.ts";

setNonce(servedNonce);
createRoot(document.getElementById("root") as HTMLElement).render(<App />);
