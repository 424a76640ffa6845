// Says in a few lines what Ace found: node ace-report.js FILE REPORT LOG. Exit status 0 or 1.
const fs = require("fs");

const [file, reportPath, log] = process.argv.slice(2);
const finish = (status, lines) => {
  console.log(lines.join("\n"));
  process.exit(status);
};

let report;
try {
  report = JSON.parse(fs.readFileSync(reportPath, "utf8"));
} catch {
  finish(1, [`ERROR ${file}`, `      ${fs.readFileSync(log, "utf8").trim().slice(-400)}`]);
}
const found = [];
for (const page of report.assertions) {
  for (const check of page.assertions) {
    if (check["earl:result"]["earl:outcome"] !== "fail") continue;
    const said = (check["earl:result"]["dct:description"] || "").replace(/\s+/g, " ").slice(0, 240);
    const test = check["earl:test"];
    found.push(`      ${test["earl:impact"]} ${test["dct:title"]} [${page["earl:testSubject"].url}] ${said}`);
  }
}
const { missing, empty } = report["a11y-metadata"];
for (const [word, names] of [["missing", missing], ["empty", empty]]) {
  // Ace counts as missing what is only recommended and what it asks for in a rule of its own; those rules decide.
  if (names.length > 0) found.push(`      note: accessibility metadata ${word}: ${names.join(", ")}`);
}
const failed = found.some((line) => !line.startsWith("      note:"));
finish(failed ? 1 : 0, [`${failed ? "FAIL " : "PASS "} ${file}  (${report.assertions.length} documents)`, ...found]);
