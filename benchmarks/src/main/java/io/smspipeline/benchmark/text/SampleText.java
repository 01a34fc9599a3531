package io.smspipeline.benchmark.text;

/** Texts as applications send them. */
public enum SampleText {
    /** A one-time code, one part of GSM 03.38. */
    CODE("Your code is 482913. It is valid for 5 minutes. Never tell it to anybody."),
    /** Three parts of GSM 03.38, with characters of the extension table. */
    LONG("Dear customer, your order 4711 [2 items, 129,90 €] left our warehouse and will reach you tomorrow. "
            .repeat(4)),
    /** Three parts of UCS-2, with a surrogate pair now and then. */
    UNICODE("Ваш заказ № 4711 отправлен и прибудет завтра 🚚 ".repeat(4)),
    /** One part of GSM 03.38 once a few typographic characters are replaced, three of UCS-2 otherwise. */
    TYPOGRAPHY("We’re happy to tell you – at last – that your “premium” parcel is on its way… ".repeat(2));

    private final String characters;

    SampleText(String characters) {
        this.characters = characters;
    }

    /** The text. */
    public String characters() {
        return characters;
    }
}
