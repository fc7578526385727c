import { strict as assert } from "assert";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import puppeteer, { Browser, Page } from "puppeteer-core";
import { mapPage } from "../../../cli/access/map-page";
import { row } from "./rows";

const CHROMIUM = "/usr/bin/chromium";

// Text, for the tests are compiled without the types of a page.
const clearSearch = `document.querySelector("#search").value = ""`;

const hostile = `</script><img src=x onerror="document.title='broken'">`;
const rows = [
  row(),
  row({
    secret: "payments",
    reader: "anybody, without credentials",
    standing: "undeclared",
    call: "GetSecretValue by somebody",
  }),
  row({ secret: hostile, reader: hostile, when: [{ regions: ["eu-west-1"], conditions: "always" }] }),
];

describe("the map of readers and secrets", () => {
  it("holds every name as data only", () => {
    const page = mapPage(["orders"], rows, [hostile]);
    assert.equal(page.match(/<\/script>/g)!.length, 2);
    assert.equal(page.includes("<img"), false);
  });

  it("loads nothing from anywhere", () => {
    assert.doesNotMatch(
      mapPage(["orders"], rows.slice(0, 2), []),
      /(src|href)=|https?:\/\/(?!www\.w3\.org)|@import|url\(/,
    );
  });

  describe("in a browser", function () {
    this.timeout(60_000);
    let browser: Browser;
    let page: Page;
    const requests: string[] = [];
    const folder = mkdtempSync(join(tmpdir(), "strongroom-map-"));

    before(async function () {
      if (!existsSync(CHROMIUM)) return this.skip();
      const file = join(folder, "access.html");
      writeFileSync(file, mapPage(["orders", "payments", "lonely", hostile], rows, ["the account of x"]));
      browser = await puppeteer.launch({
        executablePath: CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        userDataDir: join(folder, "profile"),
      });
      page = await browser.newPage();
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(`file://${file}`);
    });

    after(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    const texts = (selector: string) =>
      page.$$eval(selector, (elements) => elements.map((element) => element.textContent));
    const paths = () => page.$$eval("path", (all) => all.map((one) => one.getAttribute("class")));
    const search = async (text: string) => {
      await page.evaluate(clearSearch);
      await page.type("#search", text);
    };

    it("shows readers, secrets, and a line for each connection", async () => {
      assert.deepEqual(await texts("#readers button"), [
        hostile,
        "anybody, without credentials",
        "role app of 222222222222",
      ]);
      assert.deepEqual(await texts("#secrets button"), [hostile, "lonely", "orders", "payments"]);
      assert.deepEqual(await paths(), ["declared", "undeclared", "declared"]);
      assert.deepEqual(await texts("#count"), ["3 readers, 4 secrets, 3 connections"]);
      assert.deepEqual(await texts("#open li"), ["Cannot tell: the account of x"]);
      assert.equal(await page.title(), "Who can read which secret");
    });

    it("draws the lines between the two names, wherever they stand", async () => {
      const apart = (await page.evaluate(`(() => {
        const box = (selector) => document.querySelector(selector).getBoundingClientRect();
        const line = box("path.undeclared");
        const from = box('#readers [data-name="anybody, without credentials"]');
        const to = box('#secrets [data-name="payments"]');
        return [Math.abs(line.left - from.right), Math.abs(line.right - to.left)];
      })()`)) as number[];
      assert.ok(Math.max(...apart) < 3, String(apart));
    });

    it("finds by secret, reader and condition", async () => {
      await search("payments");
      assert.deepEqual(await texts("#readers button"), ["anybody, without credentials"]);
      await search("vpc-1 role");
      assert.deepEqual(await texts("#secrets button"), ["orders"]);
      await search("nothing of that kind");
      assert.deepEqual(await texts("#count"), ["0 readers, 0 secrets, 0 connections"]);
      await page.evaluate(clearSearch);
      await page.click("#undeclared");
      assert.deepEqual(await texts("#secrets button"), ["payments"]);
      await page.click("#undeclared");
    });

    it("says why, for the reader or the secret that is chosen", async () => {
      await page.click('#secrets [data-name="orders"]');
      assert.deepEqual(await texts("#reason h2, #reason dt, #reason dd"), [
        "orders",
        "role app of 222222222222",
        "reads orders",
        "Regions",
        "eu-west-1",
        "when",
        "aws:SourceVpc is vpc-1",
        "declared",
        "declared",
        "a call that succeeds",
        "GetSecretValue by arn:aws:iam::222222222222:role/app, through vpce-1",
      ]);
      assert.deepEqual(await paths(), ["declared chosen", "undeclared", "declared"]);
      await page.click('#secrets [data-name="lonely"]');
      assert.deepEqual(await texts("#reason"), ["lonelyNobody can read it."]);
    });

    it("asks nobody for anything", () => {
      assert.deepEqual(
        requests.map((url) => url.split(":")[0]),
        ["file"],
      );
    });
  });
});
