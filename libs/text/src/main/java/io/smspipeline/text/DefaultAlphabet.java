package io.smspipeline.text;

/** What an SMSC means by {@code data_coding} 0, "SMSC default alphabet": nearly always GSM 03.38, by account otherwise. */
public enum DefaultAlphabet {
    GSM,
    LATIN1,
    ASCII
}
