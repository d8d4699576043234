/// What ``OptOutReader`` says about a reply, and the do-not-call list about whoever is on it because of one.
extension RecordedWords {
    /// By which rule a reply was read.
    static var readings: [Phrase] { addenda + words + limits }

    /// Behind a rule.
    private static var addenda: [Phrase] {
        [
            Phrase(
                "\(slot(0, .ownText)) in the first \(slot(1)) characters of a longer text",
                "\(slot(0, .ownText)) nos primeiros \(slot(1)) caracteres de um texto mais longo"),
            Phrase(
                "\(slot(0, .ownText)) in letters of another alphabet",
                "\(slot(0, .ownText)) em letras de outro alfabeto"),
        ]
    }

    private static var words: [Phrase] {
        [
            Phrase("word “\(slot(0))” of the campaign", "palavra “\(slot(0))” da campanha"),
            Phrase("word “\(slot(0))” in a quotation", "palavra “\(slot(0))” numa citação"),
            Phrase("word “\(slot(0))” on a button", "palavra “\(slot(0))” num botão"),
            Phrase("word “\(slot(0))” in a longer text", "palavra “\(slot(0))” num texto mais longo"),
            Phrase("word “\(slot(0))” in “\(slot(1))”", "palavra “\(slot(0))” em “\(slot(1))”"),
            Phrase("word “\(slot(0))” about “\(slot(1))”", "palavra “\(slot(0))” sobre “\(slot(1))”"),
            Phrase("word “\(slot(0))”", "palavra “\(slot(0))”"),
            Phrase("phrase “\(slot(0))” over two lines", "frase “\(slot(0))” em duas linhas"),
            Phrase("phrase “\(slot(0))”, but \(slot(1, .ownText))", "frase “\(slot(0))”, mas \(slot(1, .ownText))"),
            Phrase("phrase “\(slot(0))”", "frase “\(slot(0))”"),
            Phrase("almost the word “\(slot(0))”", "quase a palavra “\(slot(0))”"),
            Phrase("almost the phrase “\(slot(0))”", "quase a frase “\(slot(0))”"),
            Phrase("nothing but the digit 2", "só o dígito 2"),
            Phrase("nothing but “\(slot(0))”", "só “\(slot(0))”"),
            Phrase("nothing about being called", "nada sobre receber ligações"),
            Phrase("letters that cannot be read", "letras que não podem ser lidas"),
        ]
    }

    /// Why a phrase may not mean what it says.
    private static var limits: [Phrase] {
        [
            Phrase("in a quotation", "numa citação"),
            Phrase("after “\(slot(0))”", "depois de “\(slot(0))”"),
            Phrase("it is about “\(slot(0))”", "é sobre “\(slot(0))”"),
            Phrase("with “\(slot(0))”", "com “\(slot(0))”"),
            Phrase("also “\(slot(0))”", "também “\(slot(0))”"),
        ]
    }

    /// Why somebody is on the do-not-call list.
    static var blocks: [Phrase] {
        [
            Phrase("reply: \(slot(0, .ownText))", "resposta: \(slot(0, .ownText))"),
            Phrase("reply, decided by \(slot(0))", "resposta, decidida por \(slot(0))"),
            // What somebody gave as the reason before.
            Phrase(
                "\(slot(0, .text)); reply: \(slot(1, .ownText))", "\(slot(0, .text)); resposta: \(slot(1, .ownText))"),
            Phrase(
                "\(slot(0, .text)); reply, decided by \(slot(1))",
                "\(slot(0, .text)); resposta, decidida por \(slot(1))"),
            Phrase(
                "a reply that was not decided when its campaign was deleted",
                "uma resposta que não estava decidida quando a campanha foi apagada"),
            Phrase("forgotten", "apagado"),
        ]
    }
}
