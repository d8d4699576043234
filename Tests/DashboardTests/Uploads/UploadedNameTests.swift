import Testing

@testable import Dashboard

@Suite struct UploadedNameTests {
    @Test(arguments: [
        ("contatos.csv", "contatos.csv"), ("C:\\Users\\ana\\contatos.csv", "contatos.csv"),
        ("../../etc/passwd", "passwd"), ("/etc/passwd", "passwd"), ("a/b\\c.xlsx", "c.xlsx"),
        ("  lista .csv ", "lista .csv"), ("li\u{0}st\na\u{202E}vsc.csv", "listavsc.csv"),
        ("<b>\"x\".csv", "<b>\"x\".csv"), ("lista/", "lista"),
    ])
    func `a name is shown without folders and without what controls a page`(name: String, shown: String) {
        #expect(UploadedName.shown(name) == shown)
    }

    @Test(arguments: ["", "   ", "/", "..", "../..", ".", "\\", "\u{0}\u{1}"])
    func `a name of nothing is none`(name: String) {
        #expect(UploadedName.shown(name) == nil)
    }

    @Test func `a long name keeps its ending`() {
        let name = UploadedName.shown(String(repeating: "a", count: 500) + ".xlsx") ?? ""
        #expect(name.count <= 120 && name.hasSuffix("….xlsx"), "\(name)")
    }
}
