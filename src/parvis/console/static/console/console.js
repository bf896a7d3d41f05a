/* The console's script: keys, rows of a list, and the single-page report. Everything works without it. */

import { followKeys } from "./keys.js";
import { followRows, followNeighbours } from "./rows.js";
import { followIntake } from "./intake.js";
import { followSession } from "./session.js";
import { followDrafts } from "./drafts.js";

followKeys();
followRows();
followNeighbours();
followIntake();
followSession();
followDrafts();
