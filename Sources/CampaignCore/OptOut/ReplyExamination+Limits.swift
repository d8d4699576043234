extension ReplyExamination {
    /// Why a phrase about contact does not say all that it seems to say; nil when it does.
    mutating func limit(of match: ReplyPattern.Match, isBare: Bool) -> String? {
        let words = reply.words
        if words[match.range].contains(where: \.isQuoted) { return "in a quotation" }
        let clause = reply.clause(of: match.range.lowerBound)
        let before = clause.lowerBound..<match.range.lowerBound
        let after = match.range.upperBound..<clause.upperBound
        if let asker = asker(in: before) { return "after “\(asker)”" }
        let turned = words[before].suffix(2).last { phrases.negations.contains($0.text) }
        let repeats = before.last.map { words[$0].text == words[match.range.lowerBound].text } ?? false
        if let turned, !repeats { return "after “\(turned.text)”" }
        if let denial = first(phrases.denials, in: before) { return "after “\(denial)”" }
        if let other = somebodyElse(in: after), first(phrases.unlimited, in: after.prefix(1)) == nil {
            return "it is about “\(other)”"
        }
        if let thing = somethingElse(in: after) { return "it is about “\(thing)”" }
        if let word = limitingWord(in: before) ?? limitingWord(in: after) { return "with “\(word)”" }
        if isBare, let word = limitingWord(in: words.indices) { return "with “\(word)”" }
        if let invitation = invitation(apartFrom: match.range) { return "also “\(invitation)”" }
        return nil
    }

    /// Whether it holds for this moment alone, and a later call is asked for: `não me liga agora, liga mais tarde`.
    mutating func isPostponed(_ match: ReplyPattern.Match) -> Bool {
        let words = reply.words
        return words[reply.clause(of: match.range.lowerBound)].contains { phrases.moments.contains($0.text) }
            && !words.indices.contains { phrases.negations.contains(words[$0].text) && !match.range.contains($0) }
            && invitation(apartFrom: match.range) != nil
    }

    /// A word that makes a question or a story of what follows, unless it asks for it.
    private mutating func asker(in range: Range<Int>) -> String? {
        for index in range where phrases.askers.contains(reply.words[index].text) {
            if phrases.requests.match(in: reply, at: index, steps: &steps) == nil { return reply.words[index].text }
        }
        return nil
    }

    private mutating func first(_ list: PhraseList, in range: Range<Int>) -> String? {
        for index in range {
            if let match = list.match(in: reply, at: index, steps: &steps) { return match.text }
        }
        return nil
    }

    /// A word that says when, or on what condition.
    private mutating func limitingWord(in range: Range<Int>) -> String? {
        let words = reply.words
        var index = range.lowerBound
        while index < range.upperBound {
            steps += 1
            if let match = phrases.unlimited.match(in: reply, at: index, steps: &steps) {
                index = match.range.upperBound
                continue
            }
            let text = words[index].text
            if phrases.limits.contains(text) || Self.isHour(text) { return text }
            index += 1
        }
        return nil
    }

    /// `9`, `18h`, `10hs`: longer numbers are phones.
    private static func isHour(_ text: String) -> Bool {
        let digits = text.unicodeScalars.prefix { "0"..."9" ~= $0 }
        let rest = String(text.unicodeScalars.dropFirst(digits.count))
        return 1...2 ~= digits.count && ["", "h", "hs", "am", "pm", "hrs"].contains(rest)
    }

    /// Who else is meant: `para minha mãe`, `to her`.
    private func somebodyElse(in range: Range<Int>) -> String? {
        let words = reply.words[range].prefix(4).map(\.text)
        var rest = words.drop { phrases.links.contains($0) }
        guard let first = rest.first else { return nil }
        if phrases.others.contains(first) { return first }
        guard phrases.owners.contains(first) else { return nil }
        rest = rest.dropFirst()
        guard let owned = rest.first, !phrases.ownThings.contains(owned) else { return nil }
        return "\(first) \(owned)"
    }

    /// What else is to be rung or connected: `ao banco`, `com glúten`.
    private func somethingElse(in range: Range<Int>) -> String? {
        guard let link = reply.words[range].first?.text, phrases.toThing.contains(link),
            let thing = reply.words[range].dropFirst().first(where: { !phrases.articles.contains($0.text) })?.text,
            !phrases.ownThings.contains(thing), !phrases.owners.contains(thing)
        else { return nil }
        return "\(link) \(thing)"
    }

    /// A request to call, elsewhere in the reply.
    private mutating func invitation(apartFrom range: Range<Int>) -> String? {
        phrases.invitations.matches(in: reply, steps: &steps).first { !$0.range.overlaps(range) }?.text
    }
}
