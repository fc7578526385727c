// Plain JavaScript, so that `npm ci` can build before anything else is there.
require("ts-node").register({ transpileOnly: true });
require("./build-all")
  .buildAll()
  .catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
