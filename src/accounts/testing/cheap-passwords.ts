/** Before each test file: passwords are hashed at next to no cost, unless the file itself asks for the usual one. */
import { hashPasswords } from "../passwords.ts";

hashPasswords("in-tests");
