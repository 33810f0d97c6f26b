const CFB = require("cfb");
const fs = require("fs");
const wide = (s) => Buffer.from(s, "utf16le");
function put(cfb, at, header, props, ints = {}) {
  const rows = [];
  const row = (type, id, value) => {
    const b = Buffer.alloc(16);
    b.writeUInt16LE(type, 0);
    b.writeUInt16LE(id, 2);
    b.writeUInt32LE(6, 4);
    value.copy(b, 8);
    rows.push(b);
  };
  for (const [name, data] of Object.entries(props)) {
    CFB.utils.cfb_add(cfb, `${at}__substg1.0_${name}`, data);
    const v = Buffer.alloc(8);
    v.writeUInt32LE(data.length, 0);
    row(parseInt(name.slice(4), 16), parseInt(name.slice(0, 4), 16), v);
  }
  for (const [id, [type, value]] of Object.entries(ints)) {
    const v = Buffer.alloc(8);
    v.writeBigUInt64LE(BigInt(value), 0);
    row(type, parseInt(id, 16), v);
  }
  CFB.utils.cfb_add(cfb, `${at}__properties_version1.0`, Buffer.concat([Buffer.alloc(header), ...rows]));
}
const sent = Date.UTC(2024, 2, 5, 6, 30) + 11644473600000 + "0000";
const head = {
  "001A001F": wide("IPM.Note"),
  "0C1A001F": wide("张伟"),
  "5D01001F": wide("zhang.wei@example.org"),
  "0E04001F": wide("李娜; 王芳"),
  "0E03001F": wide("赵强"),
};
function make(file, body) {
  const cfb = CFB.utils.cfb_new();
  body(cfb);
  CFB.utils.cfb_del(cfb, "/\u0001Sh33tJ5");
  fs.writeFileSync(file, CFB.write(cfb, { type: "buffer" }));
}
make("outlook.msg", (cfb) => {
  put(
    cfb,
    "/",
    32,
    {
      ...head,
      "0037001F": wide("三月例会安排"),
      "1000001F": wide("例会改到三月八日下午两点。\r\n地点在三号会议室。\r\n"),
      10130102: Buffer.from(
        "<html><head><meta charset=gb2312></head><body><p>例会改到<b>三月八日</b>下午两点。</p><ul><li>地点在三号会议室。</li></ul></body></html>".replace(
          "gb2312",
          "utf-8",
        ),
        "utf8",
      ),
    },
    { "0039": [0x40, sent], "3FDE": [3, 65001] },
  );
  put(
    cfb,
    "/__attach_version1.0_#00000000/",
    8,
    {
      37010102: Buffer.from("签到表放在前台。", "utf8"),
      "3707001F": wide("签到说明.txt"),
      "370E001F": wide("text/plain"),
    },
    { 3705: [3, 1] },
  );
  put(cfb, "/__attach_version1.0_#00000001/", 8, { "3001001F": wide("回复：预算") }, { 3705: [3, 5] });
  put(
    cfb,
    "/__attach_version1.0_#00000001/__substg1.0_3701000D/",
    24,
    { ...head, "0037001F": wide("回复：预算"), "1000001F": wide("预算定为八万元。") },
    { "0039": [0x40, sent] },
  );
});
make("outlook-ansi.msg", (cfb) => {
  const gb = (s) =>
    Buffer.from(require("child_process").execFileSync("iconv", ["-f", "utf-8", "-t", "gb18030"], { input: s }));
  put(
    cfb,
    "/",
    32,
    {
      "001A001E": gb("IPM.Note"),
      "0037001E": gb("停水通知"),
      "0C1A001E": gb("物业"),
      "0C1F001E": gb("wuye@example.org"),
      "0E04001E": gb("全体住户"),
      "1000001E": gb("周六上午九点停水两小时。\r\n> 请问几点停水？\r\n"),
    },
    { "3FFD": [3, 936] },
  );
});
