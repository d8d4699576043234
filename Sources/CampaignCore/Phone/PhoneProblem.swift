/// Why a text is refused as a phone number. The raw value is a stable code for reports and databases.
package enum PhoneProblem: String, Error, Hashable, Sendable, CaseIterable {
    /// The cell is empty, or has only punctuation.
    case empty = "phone_empty"
    /// Letters among the digits.
    case letters = "phone_letters"
    /// A symbol that is not used in phone numbers, such as `*` or `#`.
    case symbols = "phone_symbols"
    /// A spreadsheet has rounded the number (`5,51199E+12`) or hidden it (`####`).
    case digitsLost = "phone_digits_lost"
    /// A number with decimals, such as an amount of money.
    case decimals = "phone_decimals"
    /// A date.
    case date = "phone_date"
    /// A CPF, a CNPJ, an RG or a postal code (CEP), by its mask or its check digits.
    case document = "phone_document"
    /// A single repeated digit, or the digits in keyboard order: something that just fills the field.
    case filler = "phone_filler"
    /// More than one number in the cell.
    case twoNumbers = "phone_two_numbers"
    /// Fewer digits than any number of its country has.
    case tooShort = "phone_too_short"
    /// More digits than any number of its country has.
    case tooLong = "phone_too_long"
    /// The area code is written twice in front of the number.
    case dddTwice = "phone_ddd_twice"
    /// Two different numbers may be meant.
    case ambiguous = "phone_ambiguous"
    /// Another cell of the row contradicts it: its area code or its calling code is not the number's.
    case contradiction = "phone_contradiction"
    /// A Brazilian number without its area code, or an Argentine mobile number (`15 …`) without it.
    case noDDD = "phone_no_ddd"
    /// An area code that does not exist, or something else where an area code should be.
    case unknownDDD = "phone_unknown_ddd"
    /// A calling code that does not exist.
    case unknownCountry = "phone_unknown_country"
    /// Right length and area code, but the rest begins as no Brazilian line does.
    case unknownLine = "phone_unknown_line"
    /// A company's number (0800, 0300, 4004, …), not a person's WhatsApp.
    case serviceNumber = "phone_service_number"
    /// A landline where only mobile numbers are wanted: by its first digit in Brazil, by its length elsewhere.
    case landline = "phone_landline"
    /// `@lid` after something that is not 1 to 18 digits.
    case malformedLid = "phone_malformed_lid"

    /// The code in reports: `phone_two_numbers`.
    package var code: String { rawValue }

    /// What to do about it, in one English sentence: what rejected rows have in databases and files.
    package var suggestion: String { remedy.english }

    /// What to do about it, in one sentence.
    package var remedy: Phrase {
        switch self {
        case .empty:
            Phrase("Fill in the phone, or remove the row.", "Preencha o telefone ou remova a linha.")
        case .letters:
            Phrase(
                "Leave only the number in the cell: names, labels and extensions belong in their own columns.",
                "Deixe só o número na célula: nomes, rótulos e ramais têm as suas próprias colunas.")
        case .symbols:
            Phrase(
                "Write the number with digits, spaces, dots, dashes, parentheses and a leading + only.",
                "Escreva o número só com dígitos, espaços, pontos, hífens, parênteses e um + no começo.")
        case .digitsLost:
            Phrase(
                "Format the column as text or as a whole number in the spreadsheet and export again: these digits are lost.",
                "Formate a coluna na planilha como texto ou número inteiro e exporte de novo: estes dígitos se perderam."
            )
        case .decimals:
            Phrase(
                "This is a number with decimals: write a phone without them, or look for it in another column.",
                "Este é um número com decimais: escreva o telefone sem eles ou procure-o em outra coluna.")
        case .date:
            Phrase(
                "This is a date: the phone may be in another column.",
                "Isto é uma data: o telefone pode estar em outra coluna.")
        case .document:
            Phrase(
                "This looks like a CPF, CNPJ, RG or CEP: the phone may be in another column.",
                "Isto parece um CPF, CNPJ, RG ou CEP: o telefone pode estar em outra coluna.")
        case .filler:
            Phrase(
                "This is only a placeholder: write the real phone, or remove the row.",
                "Isto só preenche a célula: escreva o telefone de verdade ou remova a linha.")
        case .twoNumbers:
            Phrase(
                "Give each number its own row, and an extension (`ramal`) its own column.",
                "Ponha cada número na sua própria linha, e um ramal (`ramal`) na sua própria coluna.")
        case .tooShort:
            Phrase(
                "Digits are missing: write the full number with its area code, or with + and the country code if it is from another country.",
                "Faltam dígitos: escreva o número completo com DDD, ou com + e o código do país se for de outro país.")
        case .tooLong:
            Phrase(
                "There are too many digits: remove what is not part of the number, such as an extension; a number from another "
                    + "country needs a leading +.",
                "Há dígitos demais: remova o que não faz parte do número, como um ramal; um número de outro país precisa de "
                    + "um + no começo.")
        case .dddTwice:
            Phrase(
                "The area code is written twice: write it once.", "O DDD está escrito duas vezes: escreva-o uma vez só."
            )
        case .ambiguous:
            Phrase(
                "This can be read as two different numbers: 31, 51 or 55 is both a country code and an area code here, with or without +, and 00 "
                    + "may be a prefix or two extra zeros; write +, country code, area code and number.",
                "Isto pode ser lido como dois números diferentes: 31, 51 ou 55 é aqui tanto código de país quanto DDD, com ou sem +, e 00 "
                    + "pode ser um prefixo ou dois zeros a mais; escreva +, código do país, DDD e número.")
        case .contradiction:
            Phrase(
                "The number and the column with its area code or country code contradict each other: correct one of them.",
                "O número e a coluna com o DDD ou o código do país se contradizem: corrija um dos dois.")
        case .noDDD:
            Phrase(
                "Write the area code (in Brazil the two-digit DDD) in front of the number.",
                "Escreva o código de área (no Brasil o DDD de dois dígitos) antes do número.")
        case .unknownDDD:
            Phrase("Correct the area code: this one does not exist.", "Corrija o DDD: este não existe.")
        case .unknownCountry:
            Phrase(
                "Correct the country code after the +: this one does not exist.",
                "Corrija o código do país depois do +: este não existe.")
        case .unknownLine:
            Phrase(
                "After the area code, a mobile number has nine digits and begins with 9, a landline eight and begins with 2 to 5; "
                    + "a number from another country needs a leading +.",
                "Depois do DDD, um celular tem nove dígitos e começa com 9, e um fixo tem oito e começa com 2 a 5; "
                    + "um número de outro país precisa de um + no começo.")
        case .serviceNumber:
            Phrase(
                "Remove the row, or find the person's own number: this one belongs to a company.",
                "Remova a linha ou procure o número da própria pessoa: este é de uma empresa.")
        case .landline:
            Phrase(
                "Find a mobile number, or allow landlines for this campaign.",
                "Procure um celular, ou permita telefones fixos nesta campanha.")
        case .malformedLid:
            Phrase(
                "Write the identifier as WhatsApp gives it: 1 to 18 digits, then @lid.",
                "Escreva o identificador como o WhatsApp o dá: de 1 a 18 dígitos e depois @lid.")
        }
    }
}
