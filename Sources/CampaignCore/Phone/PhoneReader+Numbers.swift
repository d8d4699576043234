/// For cells that contain more than one number.
extension PhoneReader {
    /// Every number in a cell, in their order, each line (by its identity) once; for lists with `11 99999-0001 / 11
    /// 98888-0002`.
    ///
    /// A cell is cut at `/ \ ; : , | &`, line ends, a `+` and words for "or" and "and", once eight digits are in
    /// front; between spaced numbers and where 20 to 30 digits run together only if exactly one way of cutting gives
    /// whole numbers of the reader's country, or ones with a `+`. In Brazil a number of eight or nine digits takes the
    /// area code of those before it, if they share one (`11 3333-4444 / 5555-6666`); a shorter ending (`11
    /// 3333-4444/4445`) is too short, never a guess.
    ///
    /// - Parameter bytes: UTF-8 or Windows-1252.
    /// - Returns: at least one element; exactly the one of `read` where the cell cannot be cut.
    package func numbers(in bytes: ArraySlice<UInt8>) -> [Result<PhoneNumber, PhoneProblem>] {
        numbers(in: bytes, area: [])
    }

    /// Every number in a cell, completed by the area code of another cell if it lacks one and none comes before it.
    ///
    /// - Parameters:
    ///   - bytes: the phone's cell, UTF-8 or Windows-1252.
    ///   - area: the area code's cell, as for `read`; it may be empty.
    /// - Returns: at least one element; exactly the result of `read` when the cell cannot be split.
    package func numbers(
        in bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>
    ) -> [Result<PhoneNumber, PhoneProblem>] {
        let whole = read(bytes, area: area)
        if case .success = whole { return [whole] }
        let pieces = PhoneText.parts(bytes).flatMap(pieces)
        guard pieces.count > 1 else { return [whole] }
        var numbers: [Result<PhoneNumber, PhoneProblem>] = []
        var identities: Set<Int64> = []
        var context = AreaContext(cell: area)
        for piece in pieces {
            let result = read(piece, area: context.area, stated: area)
            context.add(areaWritten(in: piece))
            switch result {
            case .failure(.empty): continue
            case .failure: numbers.append(result)
            case .success(let number):
                if identities.insert(number.identity).inserted { numbers.append(result) }
            }
        }
        return numbers.isEmpty ? [whole] : numbers
    }

    /// The one number that a cell contains several times: Google Contacts exports `X ::: X`.
    func repeated(in bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem>? {
        let pieces = PhoneText.parts(bytes).flatMap(pieces)
        guard pieces.count > 1 else { return nil }
        let numbers = pieces.map { area.isEmpty ? readSingle($0) : read($0, area: area) }
        guard case .success(let first) = numbers[0] else { return nil }
        let isOne = numbers.allSatisfy { number in
            guard case .success(let other) = number else { return false }
            return other.identity == first.identity
        }
        return isOne ? .success(first) : nil
    }

    /// The area code for numbers without one.
    private struct AreaContext {
        private let cell: ArraySlice<UInt8>
        private var written: Int64?
        private var isDisputed = false

        private let stated: Int64?

        init(cell: ArraySlice<UInt8>) {
            self.cell = cell
            guard case .digits(let code) = PhoneCode(cell) else {
                stated = nil
                return
            }
            stated = BrazilianPlan.area(code)?.value
        }

        var area: ArraySlice<UInt8> {
            if isDisputed { return [] }
            return written.map { Array("\($0)".utf8)[...] } ?? cell
        }

        mutating func add(_ area: Int64?) {
            guard let area else { return }
            if let before = written ?? stated, before != area { isDisputed = true }
            written = area
        }
    }

    /// The Brazilian area code that a number brings along, also one whose fixed line is not wanted.
    private func areaWritten(in piece: ArraySlice<UInt8>) -> Int64? {
        guard isBrazilian,
            case .success(let number) = PhoneReader(country, true, isCountryCertain: isCountryCertain).read(piece)
        else { return nil }
        return BrazilianPlan.area(ofNumber: number.value)
    }
}

/// Splitting where only spaces, or nothing at all, separate two numbers: only if there is exactly one way to do it.
extension PhoneReader {
    /// More groups of digits than this are no list of numbers.
    private static let maxGroups = 40

    /// What a part of a cell is when it is read alone.
    private enum Form {
        /// A number of the reader's country, or one with its calling code marked.
        case whole
        /// A Brazilian number that lacks its area code.
        case local
        case neither
    }

    /// The numbers in a part of a cell without separators; the part itself when it cannot be split.
    func pieces(of part: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        if case .success = readSingle(part) { return [part] }
        if form(part) == .local { return [part] }
        let spaces = PhoneText.gaps(part, isWide: PhoneText.isSpace)
        guard !spaces.isEmpty else { return halves(of: part) ?? [part] }
        if let cut = cut(part, at: spaces, where: { $1 == .whole }) { return cut }
        if let cut = cut(part, at: spaces, where: { isFirst, it in it == .whole || it == .local && !isFirst }) {
            return cut
        }
        let dashes = PhoneText.gaps(part, isWide: PhoneText.isSpacedDash)
        return cut(part, at: dashes, where: { $1 != .neither }) ?? [part]
    }

    /// The only way to cut at some of the gaps so that every stretch is wanted; nil when there is none or more than
    /// one.
    private func cut(
        _ part: ArraySlice<UInt8>, at gaps: [Int], where isWanted: (_ isFirst: Bool, Form) -> Bool
    ) -> [ArraySlice<UInt8>]? {
        guard 1...PhoneReader.maxGroups ~= gaps.count else { return nil }
        let ends = [part.startIndex] + gaps + [part.endIndex]
        let last = ends.count - 1
        // From the back: how many ways lead from each end to the last one, and where the first of them goes.
        var ways = [Int](repeating: 0, count: last) + [1]
        var next = [Int](repeating: last, count: last + 1)
        for from in (0..<last).reversed() {
            for to in from + 1...last where ways[to] > 0 {
                let stretch = part[ends[from]..<ends[to]]
                guard isWanted(from == 0, form(stretch)) else { continue }
                ways[from] = min(2, ways[from] + ways[to])
                next[from] = to
            }
        }
        guard ways[0] == 1 else { return nil }
        var stretches: [ArraySlice<UInt8>] = []
        var from = 0
        while from < last {
            stretches.append(part[ends[from]..<ends[next[from]]])
            from = next[from]
        }
        return stretches
    }

    private func form(_ text: ArraySlice<UInt8>) -> Form {
        guard case .digits(let digits, let hasPlus) = content(text) else { return .neither }
        switch number(digits, hasPlus: hasPlus) {
        case .success(let number):
            let isMarked = hasPlus || PhoneReader.hasInternationalPrefix(digits)
            return isMarked || CallingCode.beginning(PhoneDigits(number))?.code == country?.code ? .whole : .neither
        case .failure(let problem):
            return isBrazilian && local(text, problem) != nil ? .local : .neither
        }
    }

    /// Twenty to thirty digits in one run, cut so that both numbers are there digit by digit. An old mobile number that
    /// would have to be completed does not count: `11999990001988880002` would be a number that was never written.
    private func halves(of part: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        let text = PhoneText(part)
        guard text.problem == nil else { return nil }
        let digits = text.allDigits[...]
        guard 20...30 ~= digits.count else { return nil }
        let cuts = (10...digits.count - 10).filter { isVerbatim(digits.prefix($0)) && isVerbatim(digits.dropFirst($0)) }
        guard cuts.count == 1, let cut = cuts.first else { return nil }
        return [digits.prefix(cut), digits.dropFirst(cut)]
    }

    private func isVerbatim(_ half: ArraySlice<UInt8>) -> Bool {
        guard form(half) == .whole, case .success(let number) = read(half) else { return false }
        return number.text.utf8.suffix(half.count).elementsEqual(half)
    }
}
