// axe-core over web pages: node axe.js FILE... Exit status 0, 1 or 2.
const { pathToFileURL } = require("url");
const path = require("path");
const axe = require("axe-core");
const puppeteer = require("puppeteer-core");

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
const LOOKS = [
  ["light", WIDE],
  ["dark", WIDE],
  ["light", NARROW],
];

async function judge(browser, file) {
  const found = new Map();
  const add = (text) => found.set(text, (found.get(text) || 0) + 1);
  const address = pathToFileURL(path.resolve(file)).href;
  let unsure = 0;
  for (const [scheme, viewport] of LOOKS) {
    const page = await browser.newPage();
    // A page whose own policy forbids scripts must still be judged.
    await page.setBypassCSP(true);
    await page.setViewport(viewport);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const url = request.url();
      if (url.split("#")[0] === address || url.startsWith("data:")) return request.continue();
      add(`asks for something outside its file: ${url.slice(0, 120)}`);
      return request.abort();
    });
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(axe.source);
    const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations", "incomplete"] }));
    const look = `${scheme}, ${viewport.width} wide`;
    for (const rule of result.violations) {
      for (const node of rule.nodes) {
        add(`${rule.impact} ${rule.id} (${look}): ${rule.help}; first at ${node.target.join(" ").slice(0, 120)}`);
        break;
      }
    }
    unsure = Math.max(unsure, result.incomplete.length);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) add(`scrolls sideways by ${over} pixels (${look})`);
    await page.close();
  }
  const note = `axe ${axe.version}, ${LOOKS.length} looks, ${unsure} rules that a person must judge`;
  console.log(`${found.size > 0 ? "FAIL " : "PASS "} ${file}  (${note})`);
  for (const [text, count] of found) console.log(`      ${text}${count > 1 ? `, ${count} times` : ""}`);
  return found.size > 0 ? 1 : 0;
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
  let status = 0;
  for (const file of process.argv.slice(2)) {
    try {
      status = Math.max(status, await judge(browser, file));
    } catch (problem) {
      console.log(`ERROR ${file}\n      ${String(problem).slice(0, 400)}`);
      status = 1;
    }
  }
  await browser.close();
  return status;
}

main().then(
  (status) => process.exit(status),
  (problem) => {
    console.error(String(problem));
    process.exit(2);
  },
);
