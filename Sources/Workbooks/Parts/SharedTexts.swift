/// The texts that cells share, by their index (ECMA-376 part 1, 18.4.9).
final class SharedTexts: XMLHandler {
    let store: TextStore
    private var runs = TextRuns()
    /// 0 outside, 1 in the table, 2 in a text or something that is none.
    private var level = 0
    private var isInItem = false
    private var skipped = 0
    private var bytes: [UInt8] = []
    private let limits: WorkbookLimits
    private let temporaryFolder: String

    /// - Parameter part: nil for a workbook without shared texts.
    init(_ part: String?, of archive: Archive, temporaryFolder: String) throws(WorkbookError) {
        limits = archive.limits
        self.temporaryFolder = temporaryFolder
        store = TextStore(memory: limits.sharedTextMemory, temporaryFolder: temporaryFolder)
        super.init()
        guard let part else { return }
        try XMLReader.read(part, of: archive, limit: limits.sharedTextBytes, into: self)
        bytes = []
        try store.finish()
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if isInItem {
            runs.start(name)
        } else if skipped > 0 || level == 1 && !(name == "si") {
            skipped += 1
        } else if level == 0 {
            level = 1
        } else {
            isInItem = true
            bytes.removeAll(keepingCapacity: true)
        }
    }

    override func text(_ text: UnsafeRawBufferPointer) {
        guard isInItem, runs.isInText else { return }
        bytes.append(contentsOf: text)
        if bytes.count > EscapedText.mostBytes(characters: limits.textCharacters) { failTooLong() }
    }

    override func end() {
        if isInItem {
            guard runs.end() else { return }
            isInItem = false
            finishItem()
        } else if skipped > 0 {
            skipped -= 1
        } else {
            level = 0
        }
    }

    override var shortcutMark: StaticString? { "<si>" }
    override var isAtShortcut: Bool { level == 1 && !isInItem && skipped == 0 }

    /// Takes plain texts, as many as there are. See ``XMLShortcut``.
    override func takeShortcut(_ bytes: UnsafeRawBufferPointer) -> XMLShortcut {
        guard var scan = MarkupScan(bytes) else { return .declined }
        var taken = 0
        var item = self.bytes
        self.bytes = []
        defer { self.bytes = item }
        while scan.skip("<si><t"), scan.skip(">") || scan.skip(" xml:space=\"pres") && scan.skip("erve\">") {
            item.removeAll(keepingCapacity: true)
            guard scan.text({ item.append(contentsOf: $0) }), scan.skip("</t></si>") else { break }
            finish(&item)
            if failure != nil { return .declined }
            taken = scan.count
        }
        return taken > 0 ? .taken(taken) : scan.mismatch
    }

    private func finishItem() {
        var item = bytes
        bytes = []
        finish(&item)
        bytes = item
    }

    private func finish(_ bytes: inout [UInt8]) {
        EscapedText.decode(&bytes, from: 0)
        if EscapedText.isTooLong(bytes, from: 0, characters: limits.textCharacters) { return failTooLong() }
        if store.count >= limits.sharedTexts { return fail(.limit(.sharedTexts(limit: limits.sharedTexts))) }
        do throws(WorkbookError) {
            try store.append(bytes)
        } catch {
            fail(error)
        }
    }

    private func failTooLong() {
        fail(.limit(.sharedText(number: store.count + 1, limit: limits.textCharacters)))
    }
}
