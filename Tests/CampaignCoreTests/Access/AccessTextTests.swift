import CampaignCore
import Testing

/// The texts of who may do what, and who did it.
@Suite struct AccessTextTests {
    @Test(arguments: [
        ("5511987654321 is not known", "5511•••••4321 is not known"),
        ("+55 (11) 98765-4321, and 5511987654322", "+5511•••••4321, and 5511•••••4322"),
        ("(11) 8765-4321", "(1•••••4321"),
        ("(11) 98765 - 0012", "(11•••••0012"), ("11  9  8765 - 0312", "11•••••0312"),
        ("11 98765–0012", "11•••••0012"), ("11.98765_0612", "11•••••0612"), ("11,98765,0612", "11•••••0612"),
        ("camp: 1234567 contacts", "camp: 1234567 contacts"),
        ("since 2026-11-28 10:30", "since 2026-11-28 10:30"),
        ("desde 28/11/2026 10:30", "desde 28/11/2026 10:30"),
        ("123456789012345@lid", "1234•••••••2345@lid"),
        ("99999999", "•••••999"),
        ("a1b2c3d4e5f6g7h8", "a1b2c3d4e5f6g7h8"),
        ("", ""),
    ])
    func `what may be a phone is hidden in a text, and no more`(_ text: String, _ masked: String) {
        #expect(PhoneMask.masked(text) == masked)
        #expect(PhoneMask.masked(masked) == masked)
    }

    @Test(arguments: [
        ([] as [UInt8], ""), ([0x66], "Zg"), ([0x66, 0x6f], "Zm8"), ([0x66, 0x6f, 0x6f], "Zm9v"),
        ([0xfb, 0xff, 0xbf], "-_-_"),
    ])
    func `bytes are written as in RFC 4648, in letters that can stand in an address`(_ bytes: [UInt8], _ text: String) {
        #expect(Base64URL.text(bytes) == text && Base64URL.isText(text))
    }

    @Test(arguments: [
        ("ana", true), ("Ana.Maria_2-x", true), (String(repeating: "a", count: 40), true), ("", false),
        (String(repeating: "a", count: 41), false), ("ana maria", false), ("joão", false), ("a/b", false),
        ("a\n", false),
    ])
    func `names are short and plain`(_ name: String, _ isName: Bool) {
        #expect(StoredUser.isName(name) == isName)
    }
}
