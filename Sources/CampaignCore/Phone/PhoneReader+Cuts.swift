/// Cutting where nothing but spaces, or nothing at all, stands between two numbers: only if there is one way to do it.
extension PhoneReader {
    /// More groups of digits than this are no list of numbers.
    private static let maxGroups = 40

    /// What a stretch of a cell is by itself.
    private enum Form {
        /// A number of the reader's country, or one with its calling code marked.
        case whole
        /// A Brazilian number that lacks its area code.
        case local
        case neither
    }

    /// The numbers that stand in a part of a cell without a separator; the part itself where it cannot be cut.
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

    /// The only way to cut at some of the gaps so that every stretch is wanted; nil when there is none or more than one.
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

    /// Twenty to thirty digits in one run, cut so that both numbers are there digit by digit. An old mobile number that would
    /// have to be completed does not count: `11999990001988880002` would be one that nobody wrote.
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
