/// Windows-1252 to text, by the index of the WHATWG Encoding Standard (`index-windows-1252.txt`): every byte means something, the five
/// that Microsoft leaves undefined are the control characters of the same number.
enum Windows1252 {
    /// Bytes 0x80 to 0x9F; all others are the Unicode scalar of the same number.
    private static let specials: [UInt16] = [
        0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
    ]

    static func string(_ bytes: ArraySlice<UInt8>) -> String {
        let units = bytes.lazy.map { byte in
            0x80...0x9F ~= byte ? specials[Int(byte) - 0x80] : UInt16(byte)
        }
        return String(decoding: units, as: UTF16.self)
    }
}
