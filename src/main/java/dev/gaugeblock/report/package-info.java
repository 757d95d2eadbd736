/** What people and build servers read: text, tables, JUnit XML. */
package dev.gaugeblock.report;
