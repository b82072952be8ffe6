import { Outlet } from "react-router";
import classes from "./guest.module.css";
import { HouseTop } from "./house-top.tsx";

/** What a page stands in that is read without an account: the sign of the house, language and theme, and the page. */
export default function Guest() {
  return (
    <div className={classes["guest"]}>
      <HouseTop />
      <main>
        <Outlet />
      </main>
    </div>
  );
}
