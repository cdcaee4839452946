//! An archive as a sheet of fields: each can be set to anything, and what is not set stays as a bundle has it.

/// All fields of one entry; the local header is its own copy, so that the two can be made to disagree.
#[derive(Clone)]
pub struct EntrySheet {
    pub local: Header,
    pub central: Header,
    pub data: Vec<u8>,
    /// Bytes put before the local header.
    pub before: Vec<u8>,
    /// Bytes put behind the data.
    pub behind: Vec<u8>,
    /// Added to the true offset of the local header.
    pub offset_by: i64,
}

#[derive(Clone)]
pub struct Header {
    pub magic: u32,
    pub made_by: u16,
    pub needed: u16,
    pub flags: u16,
    pub method: u16,
    pub time: u16,
    pub date: u16,
    pub crc: u32,
    pub packed: u32,
    pub unpacked: u32,
    pub name: Vec<u8>,
    pub extra: Vec<u8>,
    pub comment: Vec<u8>,
    pub disk: u16,
    pub internal: u16,
    pub external: u32,
}

/// A whole archive.
#[derive(Clone)]
pub struct Sheet {
    pub entries: Vec<EntrySheet>,
    pub before_list: Vec<u8>,
    pub before_end: Vec<u8>,
    /// Changes the 22 bytes of the end record.
    pub end: fn(&mut [u8]),
    pub behind: Vec<u8>,
}

impl EntrySheet {
    pub fn new(name: &str, data: &[u8]) -> EntrySheet {
        let header = Header {
            magic: 0x0403_4b50,
            made_by: 0x0314,
            needed: 10,
            flags: if name.is_ascii() { 0 } else { 0x800 },
            method: 0,
            time: 0,
            date: 0x21,
            crc: crc32fast::hash(data),
            packed: data.len() as u32,
            unpacked: data.len() as u32,
            name: name.as_bytes().to_vec(),
            extra: Vec::new(),
            comment: Vec::new(),
            disk: 0,
            internal: 0,
            external: 0o100_644 << 16,
        };
        let central = Header { magic: 0x0201_4b50, ..header.clone() };
        EntrySheet {
            local: header,
            central,
            data: data.to_vec(),
            before: Vec::new(),
            behind: Vec::new(),
            offset_by: 0,
        }
    }

    /// Changes both headers alike.
    pub fn both(&mut self, change: impl Fn(&mut Header)) {
        change(&mut self.local);
        change(&mut self.central);
    }

    pub fn rename(&mut self, name: &[u8]) {
        self.both(|header| {
            header.name = name.to_vec();
            header.flags = if name.is_ascii() { 0 } else { 0x800 };
        });
    }
}

impl Header {
    fn shared(&self, out: &mut Vec<u8>) {
        for field in [self.needed, self.flags, self.method, self.time, self.date] {
            out.extend(field.to_le_bytes());
        }
        for field in [self.crc, self.packed, self.unpacked] {
            out.extend(field.to_le_bytes());
        }
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
    }

    fn local(&self, out: &mut Vec<u8>) {
        out.extend(self.magic.to_le_bytes());
        self.shared(out);
        out.extend(&self.name);
        out.extend(&self.extra);
    }

    fn central(&self, offset: u32, out: &mut Vec<u8>) {
        out.extend(self.magic.to_le_bytes());
        out.extend(self.made_by.to_le_bytes());
        self.shared(out);
        out.extend((self.comment.len() as u16).to_le_bytes());
        out.extend(self.disk.to_le_bytes());
        out.extend(self.internal.to_le_bytes());
        out.extend(self.external.to_le_bytes());
        out.extend(offset.to_le_bytes());
        for part in [&self.name, &self.extra, &self.comment] {
            out.extend(part);
        }
    }
}

impl Sheet {
    /// A sheet of files as a bundle would hold them; the caller orders them.
    pub fn new(files: &[(String, Vec<u8>)]) -> Sheet {
        let entries = files.iter().map(|(name, data)| EntrySheet::new(name, data)).collect();
        Sheet { entries, before_list: Vec::new(), before_end: Vec::new(), end: |_| (), behind: Vec::new() }
    }

    /// The bytes, with every offset as it truly is but for what the sheet says otherwise.
    pub fn build(&self) -> Vec<u8> {
        let (mut out, mut list) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            out.extend(&entry.before);
            let offset = (out.len() as i64 + entry.offset_by) as u32;
            entry.local.local(&mut out);
            out.extend(&entry.data);
            out.extend(&entry.behind);
            entry.central.central(offset, &mut list);
        }
        out.extend(&self.before_list);
        let (offset, size, count) = (out.len() as u32, list.len() as u32, self.entries.len() as u16);
        out.extend(list);
        out.extend(&self.before_end);
        let mut end = Vec::new();
        end.extend(0x0605_4b50_u32.to_le_bytes());
        end.extend([0; 4]);
        end.extend(count.to_le_bytes());
        end.extend(count.to_le_bytes());
        end.extend(size.to_le_bytes());
        end.extend(offset.to_le_bytes());
        end.extend([0; 2]);
        (self.end)(&mut end);
        out.extend(end);
        out.extend(&self.behind);
        out
    }
}
