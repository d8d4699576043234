/// Tells whether a reply asks not to be called: by an exact word, or by a phrase about contact, never by a part of a word.
///
/// It is a rule for Portuguese, Spanish and English; a text in any other language says nothing to it. Its tables are
/// ``OptOutTable``s. It reads the first ``ReplyText/longest`` characters, so that its cost is bounded; who writes more is reviewed.
package struct OptOutReader: Sendable {
    /// One of the campaign's own words or phrases.
    struct OwnWord: Sendable {
        /// As the campaign writes it.
        var text: String
        /// Never empty in a reply that it matches.
        var words: [String]

        init(_ text: String) {
            self.text = text
            words = ReplyText(text).words.map(\.text)
        }
    }

    /// More lines than the labels of a choice have.
    private static let mostLabels = 20

    let phrases = OptOutPhrases.builtIn
    let ownWords, ownButtons, ownReview: [OwnWord]

    /// - Parameters:
    ///   - words: the campaign's own words or phrases that block when they are the whole reply.
    ///   - buttons: labels of buttons and list rows that block.
    ///   - review: words or phrases that are reviewed wherever they are. A built-in word that is listed here is reviewed,
    ///     too, instead of blocking at once.
    package init(words: [String] = [], buttons: [String] = [], review: [String] = []) {
        ownWords = words.map(OwnWord.init)
        ownButtons = buttons.map(OwnWord.init)
        ownReview = review.map(OwnWord.init)
    }

    /// Reads what somebody wrote.
    package func reading(of text: String) -> OptOutReading { examination(of: text).reading }

    /// Reads the label of the button or list row that somebody chose. Each line of it is a label, too: a row has a title
    /// and a description, and what any of them asks for counts.
    package func reading(ofButton label: String) -> OptOutReading {
        var strongest = examination(ofButton: label).reading
        let lines = label.split(whereSeparator: \.isNewline)
        for line in lines.count > 1 ? lines.prefix(Self.mostLabels) : [] {
            let reading = examination(ofButton: String(line)).reading
            if reading.level > strongest.level { strongest = reading }
        }
        return strongest
    }

    /// The reading, and how many comparisons it took.
    func examination(of text: String) -> (reading: OptOutReading, steps: Int) {
        let reply = ReplyText(text)
        var examination = ReplyExamination(reply, phrases)
        let found =
            examination.ownWord(ownWords, ownReview) ?? examination.builtInWord(menu: nil)
            ?? examination.phrase(ownReview)
        return (Self.bounded(found, reply), examination.steps)
    }

    func examination(ofButton label: String) -> (reading: OptOutReading, steps: Int) {
        let reply = ReplyText(label)
        // `2 - Sair`: the number is the menu's.
        var examination = ReplyExamination(reply, phrases, dropsNumber: true)
        let found =
            examination.ownWord(ownButtons + ownWords, ownReview)
            ?? examination.builtInWord(menu: phrases.menuWords) ?? examination.phrase(ownReview)
        return (Self.bounded(found, reply), examination.steps)
    }

    /// A text that was not read to its end is reviewed: what it asks for may be in the rest. So are one in letters that
    /// only look like Latin ones, and one with letters that nobody can read any more.
    private static func bounded(_ found: OptOutReading?, _ reply: ReplyText) -> OptOutReading {
        var reading = found ?? OptOutReading(level: .none, rule: "nothing about being called")
        if reply.isCut {
            reading.level = .review
            reading.rule += " in the first \(ReplyText.longest) characters of a longer text"
        } else if reply.hasLookalikes, reading.level == .optOut {
            reading.level = .review
            reading.rule += " in letters of another alphabet"
        } else if reply.isDamaged, reading.level == .none {
            reading.level = .review
            reading.rule = "letters that cannot be read"
        }
        return reading
    }
}
