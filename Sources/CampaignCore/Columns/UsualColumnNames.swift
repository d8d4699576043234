/// What people call the columns of a contact list, in Portuguese, English and Spanish.
enum UsualColumnNames {
    /// One of these words in a name makes it a phone, unless another word says it is something about a phone.
    private static let phoneWords: Set<String> = [
        "telefone", "telefones", "telefono", "telefonos", "tel", "fone", "fones", "celular", "celulares", "cel",
        "movel", "movil", "moviles", "whatsapp", "whats", "whatszap", "wpp", "wa", "zap", "zapzap", "phone", "phones",
        "telephone", "mobile", "cell", "cellphone", "cellular", "smartphone", "msisdn",
    ]

    /// Names in one piece that are a phone.
    private static let phoneNames: Set<String> = [
        "phonenumber", "mobilenumber", "cellnumber", "whatsappnumber", "numerotelefone", "numerocelular",
        "numerowhatsapp", "telefonecelular", "telefonomovil", "foneddd", "dddtelefone", "dddcelular", "dddfone",
        "telcel", "waid",
    ]

    /// A phone only if nothing better is there: `numero` is often a house's.
    private static let phoneGuesses: Set<String> = [
        "numero", "numeros", "num", "number", "no", "nro", "contato", "contacto", "contact", "destino",
        "destinatario", "recipient", "numerodecontato", "numerocontato", "numerodecontacto", "contactnumber", "to",
        "lid",
    ]

    /// Words that make it something about a phone: its kind, its owner's e-mail, its area code.
    private static let notPhone: Set<String> = [
        "tipo", "type", "operadora", "carrier", "operator", "operador", "status", "situacao", "estado", "state",
        "data", "date", "fecha", "hora", "obs", "observacao", "observacoes", "ramal", "extension", "ext", "modelo",
        "model", "marca", "brand", "valido", "valid", "validado", "qtd", "quantidade", "count", "verificado",
        "verified", "nome", "name", "nombre", "optin", "optout", "aceita", "possui", "tem", "has", "pais", "country",
        "area", "cpf", "cnpj", "cpfcnpj", "rg", "cnh", "documento", "doc", "document", "dni", "cuit", "cuil", "curp",
        "rfc",
    ]

    private static let others: [ContactColumn: [String]] = [
        .name: [
            "nome", "name", "nombre", "nomecompleto", "fullname", "nombrecompleto", "nomedocliente", "nomecliente",
            "customername", "clientname", "nombredelcliente", "nombrecliente", "nomedopaciente", "nomepaciente",
            "patientname", "cliente", "client", "customer", "paciente", "patient", "aluno", "alumno", "student",
            "contatonome", "nomecontato", "nomedocontato", "contactname", "destinatario", "devedor", "titular",
            "responsavel", "primeironome", "firstname", "primernombre", "razaosocial", "pessoa", "person", "contato",
            "contacto", "contact",
        ],
        .callDuration: [
            "callduration", "duracao", "duration", "duracion", "duracaodachamada", "duracaochamada",
            "duracaodaligacao", "duracaoligacao", "duraciondelallamada", "duracionllamada", "segundos", "seconds",
            "duracaosegundos", "duracaoemsegundos", "durationseconds", "durationinseconds", "duracaos", "durations",
            "tempodechamada", "ringtime",
        ],
        .callAudioUrl: [
            "callaudiourl", "audiourl", "urlaudio", "urldoaudio", "urldelaudio", "linkaudio", "linkdoaudio",
            "audiolink",
        ],
        .notBefore: [
            "notbefore", "callnotbefore", "naoantes", "naoantesde", "naoligarantes", "naoligarantesde",
            "naochamarantesde", "ligarapartirde", "chamarapartirde", "ligardepoisde", "noantes", "noantesde",
            "nollamarantes", "nollamarantesde", "llamarapartirde", "llamardespuesde", "donotcallbefore", "callafter",
            "callfrom",
        ],
        .ddd: [
            "ddd", "codigoddd", "codddd", "codigodearea", "codigodaarea", "codigoarea", "coddearea", "coddaarea",
            "codarea", "areacode", "area",
        ],
        .ddi: [
            "ddi", "codigoddi", "codddi", "codigodopais", "codigodepais", "codigopais", "coddopais", "codpais",
            "countrycallingcode", "countrycode", "callingcode", "dialcode", "phonecountrycode",
        ],
    ]

    /// Names that are as often something else: square meters or a department, a program's own number of a country.
    private static let unsure: [ContactColumn: Set<String>] = [
        .ddd: ["area"],
        .ddi: [
            "codigodopais", "codigodepais", "codigopais", "coddopais", "codpais", "countrycode",
        ],
    ]

    static func isUnsure(_ name: HeaderName, as column: ContactColumn) -> Bool {
        unsure[column]?.contains(name.joined) == true
    }

    static func isPhone(_ name: HeaderName) -> Bool {
        if phoneNames.contains(name.joined) || phoneWords.contains(name.joined) { return true }
        let isAbout = name.words.contains { notPhone.contains($0) }
        return !isAbout && name.words.contains { phoneWords.contains($0) }
    }

    static func mayBePhone(_ name: HeaderName) -> Bool {
        phoneGuesses.contains(name.joined)
    }

    /// The columns that may be part of the phone: those with a usual name, or where there is none the first with an
    /// unsure one; and beside a usual one those called after it, `ddd_2` or `ddd celular`. More than one is a choice
    /// that must not be guessed.
    static func codes(_ column: ContactColumn, _ names: [HeaderName], except: Set<Int>) -> [Int] {
        let free = names.indices.filter { !except.contains($0) }
        let sure = free.filter {
            others[column]?.contains(names[$0].joined) == true && !isUnsure(names[$0], as: column)
        }
        guard !sure.isEmpty else { return usual(column, names, except: except).map { [$0] } ?? [] }
        return free.filter { sure.contains($0) || isCalledAfter(column, names[$0]) }
    }

    /// `ddd_2`, `DDD Celular`, `DDDTEL`, `DDD_COM`, `área fone`, `código de área do celular`; not `celular com DDD`, which is
    /// a phone.
    private static func isCalledAfter(_ column: ContactColumn, _ name: HeaderName) -> Bool {
        guard !isPhoneWith(column, name) else { return false }
        if name.words.contains(column.rawValue) { return true }
        // In one word, as old systems write it. Nothing else is called so; `ddi` is in `additional`.
        if column == .ddd, name.joined.contains("ddd") { return true }
        if column == .ddi, name.words.contains(where: { $0.hasPrefix("ddi") }) { return true }
        if column == .ddd, name.words.contains("area"), name.words.contains(where: phoneWords.contains) { return true }
        return others[column]?.contains { $0.utf8.count > shortestBeginning && name.joined.hasPrefix($0) } == true
    }

    /// Whether a column can be the codes of another phone than the one that has `chosen`, so that neither can be said of
    /// all phones: `DDD FONE` beside `DDD CEL`, `Prefixo` beside `DDD`, `AREA2` beside `AREA`.
    static func mayBeCodes(_ column: ContactColumn, _ name: HeaderName, beside chosen: HeaderName) -> Bool {
        let isUsual = others[column]?.contains(name.joined) == true && !isUnsure(name, as: column)
        if isUsual || isCalledAfter(column, name) { return true }
        guard let first = name.words.first, !isPhoneWith(column, name) else { return false }
        if column == .ddd, prefixWords.contains(first) { return true }
        if column == .ddi, countryWords.contains(first), name.words.contains(where: phoneWords.contains) { return true }
        // Two that are called alike; any program's tables have several that begin with `código`.
        return first == chosen.words.first && !commonBeginnings.contains(first)
    }

    /// `celular com DDD`, `fone s/ DDD`, `DDD e telefone`: a phone, and what it has or lacks. `DDD_COM` is neither: there
    /// `com` is short for commercial.
    private static func isPhoneWith(_ column: ContactColumn, _ name: HeaderName) -> Bool {
        let words = name.words.first?.hasPrefix(column.rawValue) == true ? andWords : andWords.union(withWords)
        return name.words.dropLast().contains(where: words.contains)
    }

    private static let withWords: Set<String> = ["com", "con", "with", "c", "sem", "sin", "without", "s"]
    private static let andWords: Set<String> = ["e", "y", "and", "mais"]
    private static let prefixWords: Set<String> = ["prefixo", "prefijo", "prefix", "dd"]
    private static let countryWords: Set<String> = ["pais", "country"]
    private static let commonBeginnings: Set<String> = ["cod", "codigo", "code"]
    /// Words as short as `area` begin names of other things.
    private static let shortestBeginning = 6

    /// The first column with the earliest of the usual names. Nil when no column has any of them.
    static func usual(_ column: ContactColumn, _ names: [HeaderName], except: Set<Int>) -> Int? {
        for usual in others[column] ?? [] {
            if let index = names.indices.first(where: { names[$0].joined == usual && !except.contains($0) }) {
                return index
            }
        }
        return nil
    }
}

extension ContactColumn {
    /// The columns of a list that usually have a person's name, the most usual first.
    package static func names(among columns: [String]) -> [Int] {
        let names = columns.map { HeaderName($0) }
        var places: [Int] = []
        while let place = UsualColumnNames.usual(.name, names, except: Set(places)) { places.append(place) }
        return places
    }
}
