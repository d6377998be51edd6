/** Files written whole or not at all, whatever is in them. */
package dev.lanewise.data.file;
