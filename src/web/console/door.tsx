import { Outlet } from "react-router";
import classes from "./door.module.css";
import { HouseTop } from "./house-top.tsx";

/** What stands before the console: one narrow column for signing in and the first steps. */
export default function Door() {
  return (
    <div className={classes["door"]}>
      <HouseTop />
      <main className={classes["column"]}>
        <Outlet />
      </main>
    </div>
  );
}
