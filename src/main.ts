// `node src/main.ts` is `./veche start`: the command line reads the settings, opens the installation and starts the app.
process.argv.splice(2, 0, "start");
await import("#src/cli/main.ts");
