import {
  isAccountId,
  isRegion,
  isRoleName,
  isTagValue,
  parseSchedule,
  scheduleFault,
  secretNameFault,
} from "../components/model";
import { Decoder, text } from "./decoder";

export const accountId = text("an account id: twelve digits, in quotes", isAccountId);
export const region = text("a Region of AWS, such as eu-west-1", isRegion);
export const roleName = text("a role's name, with path and without role/", isRoleName);
export const identifier = (prefix: string) =>
  text(`an id that begins with ${prefix}-`, (it) => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(it));
export const tagValue = text(
  "1 to 256 letters, digits, spaces and + - = . _ : / @ (it becomes a tag)",
  isTagValue,
);
export const workloadName = text("a workload's name: lower-case letters, digits and hyphens", (it) =>
  /^[a-z][a-z0-9-]*$/.test(it),
);
export const cidr = text("an IPv4 block, such as 10.20.0.0/16", (it) => {
  const [address, length, ...rest] = it.split("/");
  const bytes = (address ?? "").split(".");
  return (
    rest.length === 0 && upTo(length, 32) && bytes.length === 4 && bytes.every((byte) => upTo(byte, 255))
  );
});
const upTo = (digits: string | undefined, highest: number): boolean =>
  digits !== undefined && /^(0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= highest;

export const secretName: Decoder<string> = (value, place) => {
  if (typeof value !== "string") return place.refuse("a secret's name", value);
  const fault = secretNameFault(value);
  return fault === undefined ? value : place.refuse(fault, value);
};

export const schedule: Decoder<string> = (value, place) => {
  const reading = parseSchedule(typeof value === "string" ? value : "");
  if (reading.kind === "fault") return place.refuse(reading.expected, value);
  const fault = scheduleFault(reading.schedule);
  return fault === undefined ? (value as string) : place.refuse(fault, value);
};
